<?php

namespace Acme\Desk;

use Gemini\Laravel\Facades\Gemini;
use LLPhant\Chat\OllamaChat;
use LLPhant\Chat\Enums\OpenAIChatModel;
use LLPhant\OllamaConfig;
use LLPhant\OpenAIConfig;
use NeuronAI\Agent;
use NeuronAI\Providers\AIProviderInterface;
use NeuronAI\Providers\Anthropic\Anthropic;
use OpenAI;
use OpenAI\Client;
use OpenAI\Laravel\Facades\OpenAI as Facade;
use Prism\Prism\Enums\Provider;
use Prism\Prism\Prism;
use function Codewithkyrian\Transformers\Pipelines\pipeline;

final class Desk extends Agent
{
    private const MODEL = 'gpt-4o-mini';

    public function __construct(private Client $client, private string $size = 'small')
    {
        $this->rank = 'jinaai/jina-reranker-v1-tiny-en';
    }

    public function ask(string $question): string
    {
        $answer = $this->client->chat()->create([
            'model' => self::MODEL,
            'messages' => [['role' => 'user', 'content' => $question]],
        ]);
        $client = OpenAI::client(getenv('OPENAI_API_KEY'));
        $client->embeddings()->create(['model' => "text-embedding-3-{$this->size}", 'input' => $question]);
        Facade::images()->create(['model' => 'dall-e-3', 'prompt' => $question]);

        return $answer->choices[0]->message->content;
    }

    public function prism(?string $model): void
    {
        Prism::text()->using(Provider::Anthropic, 'claude-3-5-sonnet-20241022')->withPrompt('Hello')->asText();
        Prism::embeddings()->using('openai', $model ?? 'text-embedding-3-large')->fromInput('Hello')->asEmbeddings();
        Prism::structured()->using(Provider::Ollama, $model ?: 'llama3.2')->asStructured();
    }

    protected function provider(): AIProviderInterface
    {
        return new Anthropic(key: 'k', model: 'claude-3-haiku-20240307');
    }

    public function others(string $tier): void
    {
        $chosen = match ($tier) {
            'fast' => 'gemini-2.0-flash',
            default => 'gemini-1.5-pro',
        };
        Gemini::generativeModel(model: $chosen)->generateContent('Hello');
        new OpenAIConfig(model: OpenAIChatModel::Gpt4Omni->value);
        new OllamaConfig(model: 'mistral');
        $config = new OllamaConfig();
        $config->model = 'llama3.1';
        new OllamaChat($config);
        pipeline('text-classification', 'Xenova/toxic-bert');
        $rank = pipeline('reranking', $this->rank);
    }
}
