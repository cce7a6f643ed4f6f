import autogen

config_list = [{"model": "gpt-4", "temperature": 0}, {"model": "gpt-4o-mini"}]
assistant = autogen.AssistantAgent("assistant", llm_config={"config_list": config_list, "timeout": 60})
user = autogen.UserProxyAgent("user", llm_config=False)
