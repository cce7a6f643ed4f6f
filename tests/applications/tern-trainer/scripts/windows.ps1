# hf download google/gemma-3-1b-it
$Base = "camembert/camembert-base"
$env:HF_HOME = "C:\tern\cache"
hf download $Base --quiet
foreach ($m in @("almanach/moderncamembert-base", "flaubert/flaubert_small_cased")) {
    hf download $m
}
python scripts\train.py `
    --base $Base `
    --corpus "maximoss/rte3-french"
