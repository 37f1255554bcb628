// Folder of .docx, folder for .pdf, number of converters -> every file converted by Carbone through its documented call; exit code 1 when one fails.
// Templates without tags: only the conversion is measured. Each converter is one LibreOffice with its Python process.
const fs = require('fs');
const path = require('path');
const carbone = require('carbone');

const [sources, targets, scratch, converters] = process.argv.slice(2);
carbone.set({ tempPath: scratch, renderPath: path.join(scratch, 'render'), factories: Number(converters), startFactory: true });

const waiting = fs.readdirSync(sources).filter((name) => name.endsWith('.docx')).sort();
let running = 0;

function next() {
  if (waiting.length === 0 && running === 0) {
    process.exit(0);
  }
  // a few more in hand than there are converters, so that none of them waits for a file to be read
  while (waiting.length > 0 && running < Number(converters) * 2) {
    const name = waiting.shift();
    running += 1;
    carbone.convert(fs.readFileSync(path.join(sources, name)), { extension: 'docx', convertTo: 'pdf' }, (error, pdf) => {
      if (error) {
        console.error(`${name}: ${error}`);
        process.exit(1);
      }
      fs.writeFileSync(path.join(targets, name.replace(/docx$/, 'pdf')), pdf);
      running -= 1;
      next();
    });
  }
}

next();
