using Azure.AI.OpenAI;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Embeddings;
using Microsoft.SemanticKernel;
using Microsoft.Extensions.AI;

class A {
    private const string Base = "https://api.groq.com/openai/v1";
    void a() {
        var client = new ChatClient("llama-3.1-8b-instant", new ApiKeyCredential("x"), new OpenAIClientOptions { Endpoint = new Uri(Base) });
    }
    void b() {
        var options = new OpenAIClientOptions();
        options.Endpoint = new Uri("https://openrouter.ai/api/v1");
        var c = new OpenAIClient(new ApiKeyCredential("x"), options);
        var chat = c.GetChatClient("deepseek/deepseek-chat-v3-0324");
    }
    void c() {
        AzureOpenAIClient az = new(new Uri("https://x.openai.azure.com"), new DefaultAzureCredential());
        ChatClient chat = az.GetChatClient("my-gpt4o");
        EmbeddingClient e = az.GetEmbeddingClient("my-embed");
    }
    void d(IKernelBuilder b) {
        b.AddOpenAIChatCompletion(modelId: "phi3", endpoint: new Uri("http://localhost:11434/v1"), apiKey: null);
        b.AddOpenAIChatCompletion("gpt-4o-mini", "key");
        b.AddAzureOpenAIChatCompletion("dep-a", "https://x.openai.azure.com", "key");
    }
    void e() {
        IChatClient c = new OpenAIClient("k").GetChatClient("gpt-4.1-mini").AsIChatClient();
        IChatClient o = new OllamaChatClient(new Uri("http://localhost:11434"), "llama3.1");
    }
}
