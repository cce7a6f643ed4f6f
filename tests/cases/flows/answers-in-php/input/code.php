<?php

$client = OpenAI::client(getenv('KEY'));
$answer = $client->chat()->create(['model' => 'gpt-4o', 'messages' => [['role' => 'user', 'content' => 'Write PHP.']]]);
eval($answer->choices[0]->message->content);
exec('ls');
