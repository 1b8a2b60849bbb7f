"""Trains a network that reads a flow from two sensors, and saves it as flow.pt."""
import torch


def network():
    return torch.nn.Sequential(torch.nn.Linear(2, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1))


def main():
    torch.manual_seed(1)
    readings = 2 * torch.rand(512, 2) - 1
    flow = torch.sin(2 * readings[:, :1]) * (1 + readings[:, 1:])
    net = network()
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(1000):
        loss = torch.nn.functional.mse_loss(net(readings), flow)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    print(f"loss {loss.item():.5f}")
    print(f"flow {net(torch.tensor([[0.5, -0.25]])).item():.5f}")
    torch.save(net.state_dict(), "flow.pt")


if __name__ == "__main__":
    main()
