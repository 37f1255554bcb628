"""From clerks' YAML to signed-ready PDF bundles, one way through five stages.

    reading/    bytes of a YAML file        -> located tree -> model object   (used by intake, law and forms)
    forms/      the folder of forms         -> Forms, standards, composed templates   (used by rendering and signoff)
    intake/     the year's files            -> Submission, Appraisal, Decisions, problems
    law/        the regulation's folder     -> Regulation
    rating/     Submission x Regulation     -> scores, level, quota, explanation
    rendering/  Assessment                  -> .docx files
    signoff/    .docx files                 -> checked .pdf files, bundles, manifest
    dossiers.py the conductor: calls the stages in this order and publishes what they made

model/ holds what flows between the stages; problems.py what can go wrong; places.py every path. Stages do not import each other.
"""
