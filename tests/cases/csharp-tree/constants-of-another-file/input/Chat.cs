using Acme.Core;
using OpenAI.Chat;

namespace Acme.Web;

public class Chat
{
    private readonly string _model;

    public Chat(string model = Models.Chat)
    {
        _model = model;
    }

    public ChatClient Make() => new(_model, "key");

    public ChatClient Fast() => new(model: Models.Fast, "key");
}
