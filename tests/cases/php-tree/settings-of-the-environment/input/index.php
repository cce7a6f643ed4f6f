<h1>Desk</h1>
<?php
define('EMBEDDING', 'text-embedding-3-small');
$client = OpenAI::factory()->withApiKey(getenv('OPENAI_API_KEY'))->make();
$model = env('CHAT_MODEL', 'gpt-4.1-mini');
echo $client->chat()->create(['model' => $model, 'messages' => []])->id;
echo $client->embeddings()->create(['model' => EMBEDDING, 'input' => 'x'])->id;
