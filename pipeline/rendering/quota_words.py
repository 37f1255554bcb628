"""ProvinceView -> the arithmetic of the quota in sentences: what is counted, the base applied, the rounding, what the other reading gives."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pipeline.model.rating_rules import QuotaBasis
from pipeline.rendering.province_view import ProvinceView
from pipeline.rendering.vietnamese import count, in_sentence, listing, lower_first, score


def quota_sentences(view: ProvinceView) -> list[str]:
    """The rule, the numbers it starts from, the base applied first, its outcome, then what another base would give."""
    rule, quota = view.regulation.quota, view.quota
    chosen, other = (lower_first(view.regulation.level_name(level)) for level in (rule.chosen, rule.other))
    found = [
        f"{rule.text} ({rule.citation}).",
        f"Có {_range(quota.n_min, quota.n_max)} tập thể đạt từ mức {other} trở lên trước khi chọn, "
        f"trong đó {count(len(quota.candidates))} tập thể đủ điều kiện {chosen}.",
    ]
    applied = [b for b in rule.bases if b.code == quota.basis]
    found += [f"Cách tính áp dụng: {_arithmetic(view, basis)}.{_outcome(view, chosen, other)}" for basis in applied]
    found += [f"Nếu tính theo {_arithmetic(view, b)}{_difference(view, b.code)}." for b in rule.bases if b not in applied]
    if not applied:
        found.append("Ban Tổ chức Tỉnh ủy chưa chọn cơ sở tính; các tập thể nằm giữa hai giới hạn chờ quyết định.")
    return found


def quota_limit(view: ProvinceView, basis: str) -> str:
    low, high = view.quota.limits[basis]
    return _range(low, high)


def _range(low: int, high: int) -> str:
    return count(low) if low == high else f"{count(low)} đến {count(high)}"


def _arithmetic(view: ProvinceView, basis: QuotaBasis) -> str:
    """ "20% số tập thể ..., tức N × 20 ÷ 120 = 48 × 20 ÷ 120 = 8,00, làm tròn xuống, nhiều nhất 08 tập thể"."""
    percent, quota = view.regulation.quota.percent or 0, view.quota
    divisor = 100 if basis.includes_excellent == "co" else 100 + percent
    sums = [f"{count(n)} × {percent} ÷ {divisor} = {_quotient(n * percent, divisor)}" for n in dict.fromkeys((quota.n_min, quota.n_max))]
    whole = "" if quota.scopes else f", tức {' đến '.join(sums)}, làm tròn xuống"
    return f"{basis.name}{whole}: nhiều nhất {quota_limit(view, basis.code)} tập thể"


def _quotient(dividend: int, divisor: int) -> str:
    """Two decimals, cut off: what is printed may not be rounded up over the limit."""
    hundredths = (Fraction(dividend, divisor) * 100).__floor__()
    return score(Decimal(hundredths) / 100)


def _outcome(view: ProvinceView, chosen: str, other: str) -> str:
    quota = view.quota
    if quota.waiting:
        return f" Đã chọn {count(len(quota.chosen))} tập thể, {count(len(quota.waiting))} tập thể chờ quyết định."
    top, rest = (len(view.with_level(level)) for level in (view.regulation.quota.chosen, view.regulation.quota.other))
    return f" Kết quả: {count(top)} tập thể {chosen}, {count(rest)} tập thể {other}."


def _difference(view: ProvinceView, basis: str) -> str:
    """Who would be in or out under a basis that is not the one applied."""
    inside, there = set(view.quota.chosen), set(view.quota.by_basis.get(basis, ()))
    if basis == view.quota.basis or inside == there:
        return ""
    names = {v.unit.code: in_sentence(v.unit.collective) for v in view.units}
    more = [names[c] for c in view.quota.candidates if c in there - inside]
    fewer = [names[c] for c in view.quota.candidates if c in inside - there]
    return (f"; khi đó thêm {listing(more)}" if more else "") + (f"; khi đó không còn {listing(fewer)}" if fewer else "")
