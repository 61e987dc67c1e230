"""Something in the books that cannot be: found by an audit, told to an operator."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """`code` is a stable slug; `where` names the thing that is wrong, `says` what is wrong with it, `do` what helps."""

    code: str
    where: str
    says: str
    do: str
