"""What was chosen of a plan's options, held against what the plan offers."""

from generator.model.catalog import Option, Plan
from generator.model.quote import Options


def complete(plan: Plan, chosen: Options) -> Options | None:
    """Every option that is chosen, as it was or as it starts; None where the plan does not offer what was chosen."""
    if not chosen.keys() <= {option.ref for option in plan.choices}:
        return None
    options = {option.ref: chosen.get(option.ref, _start(option)) for option in plan.choices}
    return options if all(_offered(option, options[option.ref]) for option in plan.choices) else None


def _start(option: Option) -> bool | int:
    return False if option.kind == "switch" else max(option.included, option.minimum)


def _offered(option: Option, value: bool | int) -> bool:
    if option.kind == "switch" or isinstance(value, bool):
        return option.kind == "switch" and isinstance(value, bool)
    if value == _start(option):
        return True
    return option.minimum <= value <= option.maximum and (value - option.minimum) % option.step == 0
