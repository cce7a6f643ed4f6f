"""A command names what its documentation says, with the revision and the files that it asks for, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from aibom.bill import Detection, Kind, Location, Usage
from aibom.commands import HOLE, Environment, Given, detections, given, image_of, of_modelfile, of_set, read_image, runs
from aibom.commands.installing import needs
from aibom.commands.running import Run
from aibom.commands.started import Started
from aibom.syntax.shell import lines_of, read

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def claims(text: str) -> list[Detection]:
    return list(detections(runs(read(lines_of(text)), "x.sh", Environment())))


def starts(text: str) -> list[str]:
    """Return the scripts that *text* starts, with what they are given."""
    claims_ = [d.name for d in claims(text) if isinstance(d.name, Started)]
    return [" ".join([s.form, s.script, *(a[0].text for a in s.args)]) for s in claims_]


def found(text: str) -> list[str]:
    lines = []
    for d in claims(text):
        if isinstance(d.name, Started):
            continue
        more = [f"@{d.revision}"] if d.revision else []
        more += [f"{key}={value}" for key, value in d.context]
        kind = "" if d.kind is Kind.MODEL else f"{d.kind} "
        lines.append(" ".join([f"{kind}{d.provider}:{d.name}", *more]))
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The Hub.
        (f"hf download a/b --revision {COMMIT} x.bin y.bin", [f"huggingface:a/b @{COMMIT} file=x.bin file=y.bin"]),
        ("huggingface-cli download a/b --repo-type dataset", ["dataset huggingface:a/b"]),
        ("hf download a/b --repo-type space", []),
        ("hf download ./here", []),
        ("hf upload a/b .", ["huggingface:a/b"]),
        ("git clone -b dev https://huggingface.co/a/b.git dir", ["huggingface:a/b @dev"]),
        ("git clone git@hf.co:a/b", ["huggingface:a/b"]),
        ("git clone https://huggingface.co/spaces/a/b", []),
        ("git remote add hub https://huggingface.co/a/b", ["huggingface:a/b"]),
        ("wget https://huggingface.co/a/b/resolve/v1/c/d.bin", ["huggingface:a/b @v1 file=c/d.bin"]),
        ("curl -LO https://huggingface.co/a/b/tree/main", []),
        ("curl https://${HOST}/a/b.onnx", []),
        ("gdown https://drive.dev/x.pth", ["unknown:https://drive.dev/x.pth"]),
        # Servers.
        ("vllm serve a/b --tokenizer c/d --revision r", ["huggingface:a/b @r", "huggingface:c/d @r"]),
        ("vllm serve /models/a", []),
        ("vllm serve models/a/b/c", ["local:models/a/b/c"]),
        ('vllm serve a/b --speculative-config \'{"model": "c/d"}\'', ["huggingface:a/b", "huggingface:c/d"]),
        ('vllm serve a/b --lora-modules \'{"name": "x", "path": "c/d"}\'', ["huggingface:a/b", "huggingface:c/d"]),
        ("vllm bench serve --model a/b", ["huggingface:a/b"]),
        ("llama-cli --hf-repo a/b --hf-file c.gguf", ["huggingface:a/b file=c.gguf"]),
        ("llama-server -mu https://x.dev/a.gguf", ["unknown:https://x.dev/a.gguf"]),
        ("ollama pull ./x.gguf", []),
        ("ollama run a/b:latest", ["ollama:a/b:latest"]),
        ("ramalama run ollama://qwen2:1b", ["ollama:qwen2:1b"]),
        ("ramalama pull hf://a/b", ["huggingface:a/b"]),
        ("lms get https://huggingface.co/a/b", ["huggingface:a/b"]),
        ("lms get Qwen/Qwen3-8B@q4", ["huggingface:Qwen/Qwen3-8B quantization=q4"]),
        ("docker model run hf.co/a/b:Q8_0", ["huggingface:a/b quantization=Q8_0"]),
        ("docker model pull nothing", []),
        ("local-ai run huggingface://a/b/c.gguf", ["huggingface:a/b file=c.gguf"]),
        ("local-ai run ollama://qwen2:1b", ["ollama:qwen2:1b"]),
        ("mlx_lm.convert --hf-path a/b -q", ["huggingface:a/b"]),
        ("lmdeploy chat a/b", ["huggingface:a/b"]),
        # Names of their own.
        ("spacy download en_core_web_sm-3.7.1", ["spacy:en_core_web_sm @3.7.1"]),
        ("piper --model en_US-lessac-medium", ["piper:en_US-lessac-medium"]),
        ("xinference launch --model-name qwen2.5-instruct", ["xinference:qwen2.5-instruct"]),
        ("ngc registry model download-version nvidia/x:1.0", ["ngc:nvidia/x @1.0"]),
        ("gcloud ai model-garden models deploy --model=google/gemma2@gemma-2-9b", ["vertex:google/gemma2@gemma-2-9b"]),
        ("gcloud ai model-garden models deploy --model=a/b", ["huggingface:a/b"]),
        (
            "az ml model create --path azureml://registries/azureml-meta/models/Llama-2-7b/versions/3",
            ["azure:azureml-meta/Llama-2-7b @3"],
        ),
        ("whisper a.mp3 --model base.en", ["whisper:base.en"]),
        ("swift sft --model Qwen/Qwen3-8B", ["modelscope:Qwen/Qwen3-8B"]),
        # Models behind APIs.
        ("codex -m gpt-5 'do it'", ["openai:gpt-5"]),
        ("codex -m something", []),
        ("lm_eval --model_args model=gpt-4o", ["openai:gpt-4o"]),
        (
            "lm_eval --model_args pretrained=$X,peft=a/b,trust_remote_code=True",
            ["huggingface:a/b trust_remote_code=True"],
        ),
        ("garak --model_name a/b-7b", ["huggingface:a/b-7b"]),
        ('curl http://localhost:11434/api/pull -d \'{"name": "llama3.2"}\'', ["ollama:llama3.2"]),
        ("curl https://api.replicate.com/v1/models/meta/llama-3/predictions -d '{}'", ["replicate:meta/llama-3"]),
        # Scripts and programs that are not known.
        (
            "python train.py --model_name_or_path gpt2 --dataset_name squad",
            ["huggingface:gpt2", "dataset huggingface:squad"],
        ),
        ("python train.py --dataset_name json --output_dir a/b-7b", []),
        ("python train.py --model_name_or_path gpt2 --model_revision v2", ["huggingface:gpt2 @v2"]),
        ("python -m mine.train --model_name_or_path gpt2", ["huggingface:gpt2"]),
        ("accelerate launch -m mine.train --model_name_or_path gpt2", ["huggingface:gpt2"]),
        ("python -W ignore -u train.py --model=Qwen/Qwen3-8B", ["huggingface:Qwen/Qwen3-8B"]),
        ("./train.py +model.path=Qwen/Qwen3-8B", ["huggingface:Qwen/Qwen3-8B"]),
        ("$PYTHON train.py --model Qwen/Qwen3-8B", ["huggingface:Qwen/Qwen3-8B"]),
        ("mytool --embedding-model BAAI/bge-m3", ["huggingface:BAAI/bge-m3"]),
        ("mytool --file BAAI/bge-m3", []),
        ("python -c 'import x; x.load(\"a/b\")'", []),
        ("python -c 'import openai; openai.OpenAI().responses.create(model=\"gpt-4o\")'", ["openai:gpt-4o"]),
        ("python -c 'import spacy; spacy.load(\"en_core_web_sm\")'", ["spacy:en_core_web_sm"]),
        ("python manage.py load --model auth/user-7b", []),
        # One command inside of another.
        ("sudo -u me env A=b nohup time ollama pull a", ["ollama:a"]),
        ("timeout -k 5 10 ollama pull a", ["ollama:a"]),
        ("ls | xargs -n 1 ollama pull a", ["ollama:a"]),
        ("eval 'ollama pull a'", ["ollama:a"]),
        ("bash -c", []),
        ("poetry run python -m spacy download de_core_news_sm", ["spacy:de_core_news_sm"]),
        ("uvx --from huggingface_hub hf download a/b", ["huggingface:a/b"]),
        ("kubectl exec pod -- ollama pull a", ["ollama:a"]),
        ("docker compose exec ollama ollama pull a", ["ollama:a"]),
        ("docker exec -it ollama ollama pull a", ["ollama:a"]),
        ("docker compose up ollama", []),
        ("docker run --env=LLM_MODEL=gpt-4o x", ["openai:gpt-4o"]),
        ("docker run --entrypoint=hf x download a/b", ["huggingface:a/b"]),
        ("docker run x ollama pull a", ["ollama:a"]),
        ("docker run -d", []),
        ("podman run ollama/ollama:0.5 pull a", ["library docker:ollama/ollama", "ollama:a"]),
        ("docker pull -q nvcr.io/nim/meta/llama:1.0", ["ngc:nim/meta/llama @1.0"]),
        ("OPENAI_MODEL=gpt-4o python app.py", ["openai:gpt-4o"]),
        # Packages.
        ("pip3 install torch==2.4 'openai<2' other", ["library pypi:torch", "library pypi:openai"]),
        ("python -m pip install -q torch", ["library pypi:torch"]),
        ("pip install $TORCH torch==$V", ["library pypi:torch"]),
        ("npm i @anthropic-ai/sdk@latest ./x", ["library npm:@anthropic-ai/sdk"]),
        ("conda install -c conda-forge zlib", []),
        ("pip list torch", []),
    ],
)
def test_a_command_names(text: str, expected: list[str]):
    assert expected == found(text)


def test_packages_are_given_with_their_versions():
    args = tuple(
        (given(w, Location("x")),)
        for w in ["pip", "install", "-r", "r.txt", "torch==2.4", "openai>=1", "x.whl", "a/b", "??"]
    )
    conda = tuple((given(w, Location("x")),) for w in ("conda", "install", "-c", "x", "conda-forge::pytorch==2.4"))

    assert [("pypi", "torch", "2.4", None), ("pypi", "openai", None, ">=1")] == [
        (n.ecosystem, n.name, n.version, n.version_range) for n, _ in needs(args)
    ]
    assert [("conda", "pytorch", "2.4")] == [(n.ecosystem, n.name, n.version) for n, _ in needs(conda)]
    assert [] == list(needs(()))


def test_a_name_stands_where_it_is_written():
    (claim,) = claims('M="a/b"\n\nvllm serve \\\n  "$M"')

    assert (Location("x.sh", 1, 4), (Location("x.sh", 3, 1),)) == (claim.at, claim.reaches)


def test_a_name_on_a_line_of_its_command_needs_no_chain():
    (claim,) = claims("vllm serve \\\n  a/b")

    assert (Location("x.sh", 2, 3), ()) == (claim.at, claim.reaches)


def test_a_function_is_followed_for_each_call():
    text = 'f() { hf download "$1" --revision "$2"; }\nf a/b r\nf c/d s\nf a/b r\nf'

    assert [("a/b", "r", 2), ("c/d", "s", 3), ("a/b", "r", 4)] == [
        (d.name, d.revision, d.at.line) for d in claims(text)
    ]


def test_functions_that_call_each_other_come_to_an_end():
    assert ["huggingface:a/b"] == found('f() { g "$1"; }\ng() { f "$1"; hf download "$1"; }\nf a/b')


def test_an_array_gives_each_of_its_elements():
    assert ["huggingface:a/b", "huggingface:c/d"] == found(
        'A=(a/b)\nA+=(c/d)\nfor x in "${A[@]}"; do hf download $x; done'
    )
    assert ["huggingface:a/b"] == found("A=(a/b c/d)\nhf download $A")
    assert ["huggingface:a/b file=c.bin"] == found('A=(a/b c.bin)\nhf download "${A[@]}"')


def test_an_argument_may_be_made_of_parts():
    assert ["huggingface:a/b-small"] == found("S=small\nhf download a/b-$S")
    assert ["huggingface:a/b @v1"] == found('ARGS="--revision v1"\nARGS="$ARGS --quiet"\nhf download a/b $ARGS')
    assert ["huggingface:a/bc"] == found("A=a/b\nA+=c\nhf download $A")
    assert [] == found("hf download $OWNER/b")


def test_a_default_is_used_and_what_a_branch_sets_is_optional():
    text = "M=${1:-a/b}\nif x; then M=c/d; fi\nhf download $M"

    assert [("a/b", Usage.USED), ("c/d", Usage.OPTIONAL)] == [(d.name, d.usage) for d in claims(text)]


def test_a_revision_with_several_values_is_none_of_them():
    assert ["huggingface:a/b"] == found("for r in x y; do hf download a/b --revision $r; done")


def test_what_a_file_sets_that_is_read_is_known():
    files = {"s.sh": 'source t.sh\nA="a/b"', "t.sh": "source s.sh\nB=c/d\nhf download q/r"}

    def source(name: str):
        return (name, read(lines_of(files[name]))) if name in files else None

    script = read(lines_of("source s.sh\n. missing\nhf download $A\nhf download $B"))
    claimed = list(detections(runs(script, "x.sh", Environment(), source)))

    assert [("a/b", "s.sh"), ("c/d", "t.sh")] == [(d.name, d.at.path) for d in claimed]


def test_an_expression_of_a_pipeline_may_have_alternatives():
    env = Environment.of({"inputs.m": (given("a/b", Location("x.yml", 3)),)})
    script = read(
        lines_of(
            "hf download ${{ inputs.m || 'c/d' }}\n"
            'hf download {{ .Values.n | default "e/f" }}\n'
            "hf download {{ upper .x }}"
        )
    )

    assert [("a/b", 3), ("c/d", 1), ("e/f", 2)] == [(d.name, d.at.line) for d in detections(runs(script, "x.yml", env))]


def test_a_text_that_doubles_itself_stays_short():
    assert [] == found("X=ab\n" + "X=$X$X\n" * 80 + "hf download $X")


def test_commands_within_commands_come_to_an_end():
    assert [] == found("sudo " * 50 + "ollama pull a")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("EMBEDDING_MODEL", "BAAI/bge-m3", ["huggingface:BAAI/bge-m3"]),
        ("HF_MODEL_ID", "Qwen/Qwen3-8B", ["huggingface:Qwen/Qwen3-8B"]),
        ("OLLAMA_MODEL", "llama3.2:1b", ["ollama:llama3.2:1b"]),
        ("DATASET", "stanfordnlp/imdb", ["huggingface:stanfordnlp/imdb"]),
        ("MODEL_DIR", "models/llama-7b", []),
        ("HF_TASK", "text-generation", []),
        ("NAME", "BAAI/bge-m3", []),
        ("MODEL", HOLE, []),
    ],
)
def test_a_variable_that_is_called_after_models_names(name: str, value: str, expected: list[str]):
    claimed = of_set(name, [given(value, Location("x", 1, 1))])

    assert expected == [f"{d.provider}:{d.name}" for d in claimed]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vllm/vllm-openai", ("vllm/vllm-openai", None)),
        ("docker.io/qdrant/qdrant:v1", ("qdrant/qdrant", "v1")),
        (f"ollama/ollama@sha256:{'a' * 64}", ("ollama/ollama", f"sha256:{'a' * 64}")),
        (f"ollama/ollama:{HOLE}", ("ollama/ollama", None)),
        ("python:3.12", None),
        ("org/vllm-openai", None),
        ("not an image", None),
    ],
)
def test_images_that_serve_models_are_known(text: str, expected: tuple[str, str | None] | None):
    image = read_image(text)

    assert expected == (None if image is None else (image.name, image.tag))


def test_a_base_image_is_nothing():
    assert [] == list(image_of(given("org/bert-base", Location("x")), Run((), Location("x"))))


def test_a_modelfile_says_what_it_is_made_from():
    lines = lines_of(
        '# FROM a\nFROM "llama3.2"\nSYSTEM """\nFROM b\n"""\nADAPTER /abs/x.gguf\nadapter ./y.gguf\nFROM hf.co/a/b:Q4\n'
    )

    assert ["ollama:llama3.2", "local:./y.gguf", "huggingface:a/b"] == [
        f"{d.provider}:{d.name}" for d in of_modelfile(lines, Location("Modelfile"))
    ]


def test_a_piece_of_a_value_stands_where_it_is_written():
    value = Given("--m=a/b", ((0, Location("x", 1, 5)), (4, Location("y", 7, 3))))

    assert Location("y", 7, 3) == value.part(4).place()
    assert Location("x", 1, 7) == value.part(2, 4).place()
    assert Location("y", 7, 5) == value.place(6)


WORDS = [
    "hf",
    "download",
    "a/b",
    "--model",
    "-m",
    "=",
    "$X",
    "docker",
    "run",
    "python",
    "-c",
    "'",
    '"',
    "curl",
    "{",
    "vllm",
    "serve",
    "<<E",
    "\n",
    "E",
]


@for_any(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_commands_are_read(words: list[str]):
    claimed = claims(" ".join(words))

    assert claimed == claims(" ".join(words))
    assert all(HOLE not in str(d.name) for d in claimed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("python train.py --base acme/b", ["path train.py --base acme/b"]),
        ("python -u -W ignore ./src/train.py acme/b", ["path ./src/train.py acme/b"]),
        ("./train.py acme/b && env X=1 nohup train.py acme/d &", ["path ./train.py acme/b", "path train.py acme/d"]),
        ("python -m pkg.train --base acme/b", ["module pkg.train --base acme/b"]),
        ("accelerate launch --config_file x.yaml train.py acme/b", ["path train.py acme/b"]),
        ("torchrun --nproc_per_node 2 -m pkg.train acme/b", ["module pkg.train acme/b"]),
        ("python -m torch.distributed.run train.py acme/b", ["path train.py acme/b"]),
        ("deepspeed --num_gpus 2 train.py acme/b", ["path train.py acme/b"]),
        ("$PYTHON $ROOT/tools/train.py acme/b", ["path /tools/train.py acme/b"]),
        ("poetry run python train.py acme/b", ["path train.py acme/b"]),
        ("srun -n 4 python train.py acme/b", ["path train.py acme/b"]),
        ("streamlit run app.py -- --base acme/b", ["path app.py -- --base acme/b"]),
        # Nothing that can lead to a name.
        ("python train.py", []),
        ("python train.py -v -j 4", []),
        ("python manage.py migrate acme/b", []),
        ("python $SCRIPT acme/b", []),
        ("mine train", []),
        ("python -m pip install torch", []),
        ("python -m spacy download en_core_web_sm", []),
        ("python -c 'print(1)' acme/b", []),
    ],
)
def test_a_command_starts(text: str, expected: list[str]):
    assert expected == starts(text)


def test_a_word_of_many_variables_is_one_word():
    environment = Environment()
    environment.set("A", [Given("a/b", ((0, Location("x.sh", 1, 1)),))])
    (run,) = runs(read(lines_of("hf download " + "$A" * 500 + "$B")), "x.sh", environment)

    assert ["hf", "download", "a/b" * 500 + HOLE] == [arg[0].text for arg in run.args]


def test_a_scheme_is_read_however_often_it_is_repeated():
    assert ["ollama:llama3"] == found(f"ollama run {'ollama://' * 5_000}llama3")
