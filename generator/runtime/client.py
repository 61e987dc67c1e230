"""Which client asks: for counting, and for nothing else."""

from ipaddress import IPv6Address, ip_address

from flask import Request


def client(request: Request, proxies: int) -> str:
    """Their address, as the first of the operator's own proxies saw it: what stands before that anybody can write.

    Whoever has one address of IPv6 has billions of them, and counts as their network.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")] if proxies else []
    seen = hops[-proxies] if len(hops) >= proxies > 0 else request.remote_addr or ""
    try:
        address = ip_address(seen)
    except ValueError:
        return request.remote_addr or ""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return ":".join(address.exploded.split(":")[:4])
    return str(address)
