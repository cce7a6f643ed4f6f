using OpenAI.Chat;

public class ChatTests
{
    private readonly ChatClient _client = new("gpt-4o", "key");
}
