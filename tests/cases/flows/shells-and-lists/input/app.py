import subprocess

from openai import OpenAI

client = OpenAI()


def run():
    command = client.responses.create(model="gpt-4o-mini", input="List files.").output_text
    subprocess.run(["bash", "-c", command], check=True)


def program():
    name = client.responses.create(model="gpt-4.1-mini", input="Which tool?").output_text
    subprocess.run([name, "--version"], check=True)
