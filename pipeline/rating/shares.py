"""One row as written -> the share of the plan achieved, exact, and how it is told; None while the row is blank (Điều 4 khoản 2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pipeline.model.criteria import ScoringRules
from pipeline.model.rows import RowEntry, Subordinates


def share_of(entry: RowEntry, rules: ScoringRules) -> Fraction | None:
    """At most the cap, where the regulation has one."""
    share = _share(entry, rules)
    cap = rules.cap.percent
    return share if share is None or cap is None else min(share, Fraction(cap, 100))


def above_plan(entry: RowEntry, rules: ScoringRules) -> bool:
    return (_share(entry, rules) or 0) > 1


def _share(entry: RowEntry, rules: ScoringRules) -> Fraction | None:
    if entry.share is not None:
        return Fraction(entry.share) / 100
    if entry.planned and entry.achieved is not None:
        return Fraction(entry.achieved) / Fraction(entry.planned)
    return pooled(entry.subordinates, rules.subordinates.method or "nguoi_cham") if entry.subordinates else None


def pooled(found: Subordinates, method: str) -> Fraction | None:
    """The two shares as one, by the way of reading chosen; None where whoever scores must write it."""
    good, all_ = (found.collectives_good, found.individuals_good), (found.collectives, found.individuals)
    if method == "nguoi_cham" or None in (*good, *all_):
        return None
    pairs = [(g or 0, n) for g, n in zip(good, all_) if n]
    if not pairs:
        return None
    shares = [Fraction(g, n) for g, n in pairs]
    if method == "gop_chung":
        return Fraction(sum(g for g, _ in pairs), sum(n for _, n in pairs))
    return min(shares) if method == "thap_hon" else sum(shares, Fraction(0)) / len(shares)


def told(entry: RowEntry) -> str:
    """ "90%", "46/52", "2,50 điểm"; the shares of subordinates follow in brackets."""
    if entry.points is not None:
        words = f"{entry.points:.2f} điểm".replace(".", ",")
    elif entry.share is not None:
        words = f"{plain(entry.share)}%"
    elif entry.planned is not None:
        words = f"{plain(entry.achieved)}/{plain(entry.planned)}"
    else:
        words = ""
    found = entry.subordinates
    if found is None:
        return words
    counts = f"tập thể {_count(found.collectives_good, found.collectives)}, cá nhân {_count(found.individuals_good, found.individuals)}"
    return f"{words} ({counts})" if words else counts


def _count(good: int | None, whole: int | None) -> str:
    return "..." if good is None or whole is None else f"{good:02d}/{whole:02d}"


def plain(number: Decimal | None) -> str:
    return format(number or Decimal(0), "f").replace(".", ",")
