"""Prompts are tuned once a season, with DSPy."""

import dspy

TEACHER = dspy.LM("openai/o3", max_tokens=20000)
STUDENT = dspy.LM(model="together_ai/meta-llama/Llama-3.3-70B-Instruct-Turbo-Free")

dspy.configure(lm=STUDENT)


class Review(dspy.Signature):
    """Summarise a review in one line."""

    review: str = dspy.InputField()
    line: str = dspy.OutputField()


tuned = dspy.MIPROv2(metric=lambda *a: True, prompt_model=TEACHER, auto="light")
