# The boxes of tests/gpu_acceptance.sh that measure: kernels, counters, autorec and mlp.
# shellcheck shell=bash
# shellcheck disable=SC2154

# bench FILTER [option...]: of `lacuna bench` on the device, with the sizes at hand.
bench() { within "$(left)" "$program" bench "$1" --device "$device" "${bench_options[@]}" "${@:2}"; }

sides() { "$program" bench '^kernels/' --list "${bench_sizes[@]}" | sed -n 's|^  kernels/||p'; }

# Op by op, each beside the copy of the same minute.
box_kernels() {
  local op ops ended=0 log=$state/kernels/log
  begin kernels
  mapfile -t ops < <(sides | awk '$1 != "copy" && !seen[$1]++ { print $1 }')
  (( ${#ops[@]} )) || { finish failed "$program lists no kernels: is it built, and does it start?"; return; }
  for op in "${ops[@]}"; do
    [[ -s $progress/$op.json ]] && continue
    (( ended == 0 || SECONDS < deadline )) || break
    bench "^kernels/(copy\$|$op )" --save "$progress/$op.json" >"$log" 2>&1 && { ((++ended)); continue; }
    (( SECONDS < deadline )) && { tail -n 20 "$log"; finish failed "$op: see $log"; return; }
    (( ended )) || { finish failed "$op does not end within $seconds s: give it more with --seconds"; return; }
  done
  ops_ended=$(find "$progress" -name '*.json' | wc -l)
  (( ops_ended == ${#ops[@]} )) || { finish unfinished "$ops_ended of ${#ops[@]} ops"; return; }
  finish passed "${#ops[@]} ops on the device '$device'"
}

# What ncu counts in one call of each memory-bound kernel, beside the bytes that its formula says.
box_counters() {
  local side log status refusal metrics=dram__bytes_read.sum,dram__bytes_write.sum,lts__t_sectors.sum
  begin counters
  log=$progress/log
  [[ ! $rehearsal ]] || { finish skipped "ncu would count $metrics of the memory-bound kernels on a GPU"; return; }
  command -v ncu >/dev/null || { finish skipped "no ncu; times are by CUDA events alone"; return; }
  while read -r side; do
    [[ -s $progress/$side.csv ]] && continue
    (( SECONDS + 20 < deadline )) || { finish unfinished "$(find "$progress" -name '*.csv' | wc -l) kernels counted"; return; }
    within "$(left)" ncu --csv --page raw --print-units base --clock-control none --metrics "$metrics" --launch-count 64 \
      --log-file "$progress/counted" "$program" bench "^kernels/${side//./\\.}\$" --device "$device" --profile \
      >"$log" 2>&1 </dev/null
    status=$?
    if (( status == 124 )); then
      rm -f "$progress/counted"
      finish unfinished "$(find "$progress" -name '*.csv' | wc -l) kernels counted"
      return
    fi
    refusal=$(cat "$log" "$progress/counted" 2>/dev/null | grep -v 'application returned an error' |
      grep -m 1 -oE 'ERR_NVGPUCTRPERM|LibraryNotLoaded|==ERROR==.*')
    if (( status != 0 )) && [[ ! $refusal ]]; then
      tail -n 20 "$log"
      finish failed "$side, exit code $status: see $log"
      return
    elif (( status != 0 )) || ! grep -q dram__bytes_read "$progress/counted" 2>/dev/null; then
      finish skipped "ncu counts nothing here: $refusal; times are by CUDA events alone"
      return
    fi
    mv "$progress/counted" "$progress/$side.csv"
  done < <(sides | python3 "$root/tests/gpu/summary.py" --memory-bound)
  compgen -G "$progress/*.csv" >/dev/null || { finish failed "$program lists no kernels: is it built, and does it start?"; return; }
  finish passed "$(find "$progress" -name '*.csv' | wc -l) kernels"
}

# step BOX BENCHMARK: lacuna's training step, then PyTorch's beside it in turns.
step() {
  local log peers="PyTorch beside it" status=0 anew=''
  begin "$1"
  log=$progress/log
  if [[ ! -s $progress/ours.json ]]; then
    bench "^$2/" --save "$progress/ours.json" >"$log" 2>&1 || status=$?
    (( status != 124 )) || { finish failed "lacuna does not end within $seconds s: give it more with --seconds"; return; }
    (( status == 0 )) || { tail -n 20 "$log"; finish failed "see $log"; return; }
    anew=1
  fi
  if ! "$python" -c "import sys, torch; sys.exit('$device' == 'cuda' and not torch.cuda.is_available())" 2>/dev/null; then
    finish passed "no PyTorch for this device here ($python): lacuna alone"
    return
  fi
  within "$(left)" "$python" "$root/experiments/bench/peers/device_steps.py" "$2" --program "$program" --device "$device" \
    "${peer_options[@]}" --json >"$progress/peers" 2>"$log" || status=$?
  [[ $status != 124 || ! $anew ]] || { finish unfinished "lacuna alone; PyTorch had $seconds s with it"; return; }
  (( status != 124 )) || { finish passed "lacuna alone; PyTorch needs more than $seconds s"; return; }
  (( status == 0 )) || { tail -n 20 "$log"; finish failed "PyTorch, exit code $status: see $log"; return; }
  mv "$progress/peers" "$progress/peers.json"
  ! grep -q 'does not work here' "$log" || peers+="; left out: $(grep -o '^.* does not work here.*' "$log" | paste -sd';')"
  finish passed "$peers"
}

box_autorec() { step autorec autorec_batches; }
box_mlp() { step mlp mlp_step; }
