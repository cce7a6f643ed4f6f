import de_dep_news_trf, xx_ent_wiki_sm, xx_sent_ud_sm
de_dep_news_trf.load()
xx_ent_wiki_sm.load()
xx_sent_ud_sm.load()
