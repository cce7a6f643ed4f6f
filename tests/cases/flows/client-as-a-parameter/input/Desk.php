<?php

use OpenAI\Client;

function answer(Client $client, string $question): string
{
    return $client->chat()->create(['model' => 'gpt-4o', 'messages' => [$question]])->id;
}
