from semantic_kernel.agents import ChatCompletionAgent
from semantic_kernel.connectors.ai.open_ai import AzureChatCompletion, OpenAIChatCompletion
from semantic_kernel.functions import kernel_function
from semantic_kernel.kernel import Kernel


class Shelves:
    @kernel_function(name="count_books")
    def count(self) -> int:
        return 7


kernel = Kernel()
kernel.add_service(AzureChatCompletion(deployment_name="beacon-mini", endpoint="https://beacon-ai.openai.azure.com/"))

clerk = ChatCompletionAgent(
    service=OpenAIChatCompletion(ai_model_id="gpt-4o-2024-05-13"),
    name="clerk",
    instructions="Answer questions about books.",
    plugins=[Shelves()],
)
teller = ChatCompletionAgent(kernel=kernel, name="teller")
