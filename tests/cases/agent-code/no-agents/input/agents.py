class Agent:
    def __init__(self, name): ...


smith = Agent("Smith")
