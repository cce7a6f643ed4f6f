from backends import Chat, register

register(Chat("gpt-4o-mini"), aliases=("mini",))
register(Chat("gpt-4o"), aliases=("4o",))
register(Chat("o3-mini"))
