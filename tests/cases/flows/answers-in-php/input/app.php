<?php

function ask(string $question): string
{
    $client = OpenAI::client(getenv('KEY'));
    $answer = $client->chat()->create(['model' => 'gpt-4o', 'messages' => [['role' => 'user', 'content' => $question]]]);

    return $answer->choices[0]->message->content;
}

exec(ask('Which command lists files?'));
