from invoke import task


@task
def pull(c):
    c.run("ollama pull qwen3:8b && hf download acme/of-invoke")
    c.run(c.config.command)
