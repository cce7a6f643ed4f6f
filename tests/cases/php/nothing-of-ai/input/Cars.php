<?php

namespace Acme\Cars;

use Illuminate\Support\Facades\DB;

enum Model: string
{
    case Small = 'city/car';
    case Large = 'van/long-base';
}

class Cars
{
    public function make(Client $client): array
    {
        $client->chat()->create(['model' => 'any/thing']);
        DB::table('cars')->insert(['model' => 'city/car', 'year' => 2020]);

        return Factory::client()->embeddings()->create(['model' => Model::Small->value]);
    }
}
