#pragma once
// Shuffles within and between 128-bit blocks, as overloads on registers.
