"""Makes flow.onnx of flow.pt."""
import torch

from train import network

net = network()
net.load_state_dict(torch.load("flow.pt"))
net.eval()
torch.onnx.export(net, (torch.zeros(1, 2),), "flow.onnx", input_names=["readings"],
                  output_names=["flow"], dynamo=True)
