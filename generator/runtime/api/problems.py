"""Every refusal as problem+json (RFC 9457)."""

from flask import Response

from generator.runtime.merchant.told import FaultTold, ProblemTold
from generator.runtime.merchant.wrong import STATUS, Code, Objection

MEDIA_TYPE = "application/problem+json"


def problem(objection: Objection) -> Response:
    status, title = STATUS[objection.code]
    told = ProblemTold(
        type=urn(objection.code),
        title=title,
        status=status,
        detail=objection.says,
        code=objection.code,
        errors=[FaultTold(pointer=fault.pointer, detail=fault.says, write=fault.write) for fault in objection.faults],
    )
    return Response(told.model_dump_json(), status, mimetype=MEDIA_TYPE)


def urn(code: Code) -> str:
    """What the problem is called wherever it appears; it leads nowhere."""
    return f"urn:hosted-pages:problem:{code}"
