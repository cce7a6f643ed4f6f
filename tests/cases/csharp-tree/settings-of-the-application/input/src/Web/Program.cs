using Acme.Web;
using Microsoft.SemanticKernel;

var builder = WebApplication.CreateBuilder(args);
builder.Services.Configure<AssistantOptions>(builder.Configuration.GetSection(AssistantOptions.Section));
builder.Services.AddOpenAIChatCompletion(builder.Configuration["OpenAI:ChatModel"]!, key);

var section = builder.Configuration.GetSection("OpenAI");
builder.Services.AddOpenAIEmbeddingGenerator(section.GetValue<string>("EmbeddingModel", "text-embedding-ada-002"), key);
