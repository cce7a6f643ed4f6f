<?php

namespace Acme\Web;

use OpenAI\Laravel\Facades\OpenAI;

trait Asks
{
    protected string $model = 'gpt-4o-mini';
}

abstract class Base
{
    protected const EMBEDDING = 'text-embedding-ada-002';
}

class Web extends Base
{
    use Asks;

    public function show(string $question): void
    {
        $parameters = ['model' => 'gpt-4.1', 'messages' => [$question]];
        OpenAI::chat()->create($parameters);
        OpenAI::responses()->create(['model' => $this->model, 'input' => $question]);
        OpenAI::embeddings()->create(['model' => static::EMBEDDING, 'input' => $question]);
    }
}
