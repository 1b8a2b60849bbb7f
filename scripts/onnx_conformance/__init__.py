"""The parts of scripts/onnx_conformance.py."""
