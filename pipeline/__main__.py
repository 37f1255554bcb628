"""Command line -> one command's work; what stopped it, said once in Vietnamese; exit code."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from pipeline import commands
from pipeline.arguments import read_arguments
from pipeline.problems import DataError, EnvironmentFault, FormsError, PipelineError, machine_advice
from pipeline.terminal import say_problems

FAULT_FILE = "su-co.txt"


def main(arguments: list[str] | None = None) -> int:
    options = read_arguments(arguments)
    try:
        return commands.run(options)
    except DataError as error:
        say_problems(error.problems)
        return error.exit_code
    except FormsError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except PipelineError as error:
        print(f"lỗi: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"lỗi: không đọc hoặc ghi được {error.filename or 'tệp'} — {machine_advice(error)}", file=sys.stderr)
        return EnvironmentFault.exit_code
    except Exception as error:  # a fault of the program: whoever looks after it needs the whole trace, a clerk does not
        return _fault_of_the_program(options.build, error)
    except KeyboardInterrupt:
        print("Đã dừng theo yêu cầu; hồ sơ đã phát hành vẫn nguyên vẹn.", file=sys.stderr)
        return 130


def _fault_of_the_program(build: Path, error: Exception) -> int:
    """Says so in one line and keeps the trace in a file; nothing is published. -> exit code 1."""
    trace = build / FAULT_FILE
    advice = f"gửi tệp {trace.as_posix()} cho người phụ trách chương trình"
    try:
        trace.parent.mkdir(parents=True, exist_ok=True)
        trace.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        advice = "báo người phụ trách chương trình (không ghi được tệp chi tiết vào thư mục kết quả)"
    what = f"chương trình gặp sự cố ngoài dự kiến ({type(error).__name__}); hồ sơ nào chưa lập xong thì bản cũ vẫn còn nguyên"
    print(f"lỗi: {what} — {advice}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
