"""A unit, its members and the council -> a note where those who are judged also judge (Điều 5 khoản 2, Điều 10 khoản 3); no block."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model.regulation import Regulation
from pipeline.model.submission import Member
from pipeline.model.unit import Unit
from pipeline.model.values import name_key


def roles_besides(regulation: Regulation, unit: Unit, members: Iterable[Member], council: Iterable[str]) -> tuple[str, ...]:
    """What else the unit is, in words. `council`: names of the members of Hội đồng thẩm định."""
    rule = regulation.procedure.double_roles
    roles = [item.role for item in rule.units if item.number == unit.number]
    sitting = {name_key(name) for name in council}
    names = [m.name for m in members if m.name and name_key(m.name) in sitting]
    if names:
        roles.append(rule.council.replace("{ten}", ", ".join(f"đồng chí {name}" for name in names)))
    return tuple(roles)


def double_role(regulation: Regulation, roles: Iterable[str]) -> list[str]:
    """Empty where nobody has two roles."""
    rule = regulation.procedure.double_roles
    said = "; ".join(roles)
    return [f"{rule.note.replace('{vai_tro}', said)} ({rule.citation})"] if said else []
