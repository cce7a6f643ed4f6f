using Microsoft.Extensions.Options;
using OpenAI.Chat;

namespace Acme.Web;

public class Assistant(IOptions<AssistantOptions> options)
{
    public ChatClient Client() => new ChatClient(options.Value.Model, Keys.Secret);
}
