<?php

namespace Acme\Config;

final class Models
{
    public const CHAT = 'gpt-4.1';
    public static string $images = 'gpt-image-1';

    public static function embedding(string $size = 'small'): string
    {
        return "text-embedding-3-$size";
    }
}

enum Voice: string
{
    case Main = 'gpt-4o-mini-tts';
}
