"""Times the imported network beside onnxruntime, where Python has it.

usage: time.py PROGRAM MODEL. PROGRAM is made of time.cpp.

Both run on one thread, in turns; median and minimum of the turns. onnxruntime is called from Python
with its inputs and outputs bound beforehand, so that a call of one sample is mostly the way there.
"""
import statistics
import subprocess
import sys
import time

TURNS = 15


def onnxruntime_call(model, rows):
    """A function that runs the model once, or None where onnxruntime is not installed."""
    try:
        import numpy as np
        import onnxruntime as ort
    except ImportError:
        return None
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    (first,), (result,) = session.get_inputs(), session.get_outputs()
    binding = session.io_binding()
    x = ort.OrtValue.ortvalue_from_numpy(np.linspace(-1, 1, rows * 64, dtype=np.float32)
                                         .reshape(rows, 64))
    binding.bind_ortvalue_input(first.name, x)
    binding.bind_output(result.name)
    return lambda: session.run_with_iobinding(binding)


def time_of(call, calls):
    start = time.perf_counter_ns()
    for _ in range(calls):
        call()
    return (time.perf_counter_ns() - start) / calls


def main():
    program, model = sys.argv[1:]
    print(f"{'samples a call':>14}  {'':16}{'median':>12}{'minimum':>12}")
    with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as tapeless:
        for rows, calls in ((1, 5000), (64, 1000)):
            peer = onnxruntime_call(model, rows)
            ours, theirs = [], []
            for _ in range(TURNS):
                tapeless.stdin.write(f"{rows}\n")
                tapeless.stdin.flush()
                ours.append(float(tapeless.stdout.readline()))
                if peer is not None:
                    theirs.append(time_of(peer, calls))
            for name, times in (("Tapeless", ours), ("onnxruntime", theirs)):
                if times:
                    print(f"{rows:>14}  {name:16}{statistics.median(times):>9.0f} ns"
                          f"{min(times):>9.0f} ns")
            if theirs:
                print(f"{rows:>14}  {'ratio':16}"
                      f"{statistics.median(theirs) / statistics.median(ours):>11.1f}x"
                      f"{min(theirs) / min(ours):>11.1f}x")
        tapeless.stdin.close()
    if peer is None:
        print("onnxruntime is not installed for python3: there is nothing to compare with")


if __name__ == "__main__":
    main()
