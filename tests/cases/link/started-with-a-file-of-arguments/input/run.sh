accelerate launch --num_processes 2 train.py conf/small.yaml
accelerate launch train.py --student acme/student-given --judges acme/judge-1 acme/judge-2 --output_dir acme/out
