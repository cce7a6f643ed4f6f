MODEL = "de_dep_news_trf"
OTHER = "xx_ent_wiki_sm"
THIRD = "xx_sent_ud_sm"
