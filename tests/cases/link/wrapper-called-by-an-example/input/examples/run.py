from pkg import get

get("x")
