using OpenAI.Audio;
using OpenAI.Chat;

namespace Orchard.Copilot;

public sealed class Vision(IConfiguration configuration)
{
    private readonly ChatClient _chat = new(model: ModelIds.Vision, apiKey: configuration["OpenAI:ApiKey"]);
    private readonly AudioClient _audio = new(ModelIds.Speech, configuration["OpenAI:ApiKey"]);

    public async Task<string> LookAsync(Uri photo)
    {
        ChatCompletion completion = await _chat.CompleteChatAsync(
            new UserChatMessage(ChatMessageContentPart.CreateTextPart("Which pest?"), ChatMessageContentPart.CreateImagePart(photo)));
        return completion.Content[0].Text;
    }

    public Task<BinaryData> SayAsync(string text) =>
        _audio.GenerateSpeechAsync(text, GeneratedSpeechVoice.Alloy).ContinueWith(t => t.Result.Value);
}
