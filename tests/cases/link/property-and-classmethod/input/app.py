from models import Card

Card.default()
Card.named("ai-forever/sbert_large_nlu_ru")
