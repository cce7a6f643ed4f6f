<?php

use OpenAI\Client;

class DeskTest
{
    public function testAnswer(Client $client): void
    {
        $client->chat()->create(['model' => 'gpt-4o']);
    }
}
