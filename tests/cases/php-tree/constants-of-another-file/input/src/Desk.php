<?php

namespace Acme\Desk;

use Acme\Config\Models;
use Acme\Config\Voice;
use OpenAI\Client;

abstract class Base
{
    abstract protected function model(): string;

    public function ask(Client $client, string $question): string
    {
        return $client->responses()->create(['model' => $this->model(), 'input' => $question])->outputText;
    }

    protected function send(Client $client, string $model): void
    {
        $client->audio()->speech(['model' => $model, 'input' => 'Hello']);
    }
}

class Desk extends Base
{
    protected function model(): string
    {
        return Models::CHAT;
    }

    public function show(Client $client): void
    {
        $client->images()->create(['model' => Models::$images, 'prompt' => 'a desk']);
        $client->embeddings()->create(['model' => Models::embedding('large'), 'input' => 'a desk']);
        $this->send($client, Voice::Main->value);
    }
}
