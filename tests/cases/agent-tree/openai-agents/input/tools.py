from agents import function_tool


@function_tool
def find_order(number: str) -> str:
    return number
