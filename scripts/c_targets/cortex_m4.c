/* Starts a program on a Cortex-M4F: vectors, memory, the floating-point unit, semihosting. */
#include <stdint.h>
#include <string.h>

extern uint32_t stack_top, data_begin, data_end, data_source, bss_begin, bss_end;
extern void (*const init_begin[])(void), (*const init_end[])(void);
/* Of the C library with semihosting, where a program uses that. */
extern void initialise_monitor_handles(void) __attribute__((weak));
extern int main(void);
void reset(void);
void hang(void);
void _init(void);
void _fini(void);

/* What the C library calls around a program. */
void _init(void) {}
void _fini(void) {}

void hang(void) {
  for (;;) {
  }
}

void reset(void) {
  *(volatile uint32_t*)0xE000ED88 |= UINT32_C(0xF) << 20; /* full access to the FPU */
  __asm volatile("dsb\n\tisb");
  memcpy(&data_begin, &data_source, (size_t)((char*)&data_end - (char*)&data_begin));
  memset(&bss_begin, 0, (size_t)((char*)&bss_end - (char*)&bss_begin));
  if (initialise_monitor_handles) initialise_monitor_handles();
  for (void (*const* f)(void) = init_begin; f != init_end; ++f) (*f)();
  main();
  hang();
}

__attribute__((section(".vectors"), used)) static void (*const vectors[16])(void) = {
    (void (*)(void)) & stack_top, reset, hang, hang, hang, hang, hang};
