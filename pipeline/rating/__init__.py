"""Submission and Appraisal x Regulation -> scores (sheet), facts, level, quota, explanation."""
