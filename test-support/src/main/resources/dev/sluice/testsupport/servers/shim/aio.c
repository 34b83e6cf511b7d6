/* Stand-in for libaio.so.1: every call answers -ENOSYS, so InnoDB falls back to its own simulated asynchronous I/O. */
#define NOT_SUPPORTED return -38

int aio_setup(unsigned events, void **context) { NOT_SUPPORTED; }
int aio_destroy(void *context) { NOT_SUPPORTED; }
int aio_submit(void *context, long count, void **blocks) { NOT_SUPPORTED; }
int aio_cancel(void *context, void *block, void *event) { NOT_SUPPORTED; }
int aio_getevents(void *context, long min, long max, void *events, void *timeout) { NOT_SUPPORTED; }
int aio_queue_init(int events, void **context) { NOT_SUPPORTED; }

__asm__(".symver aio_setup,io_setup@@LIBAIO_0.4");
__asm__(".symver aio_destroy,io_destroy@@LIBAIO_0.4");
__asm__(".symver aio_submit,io_submit@@LIBAIO_0.1");
__asm__(".symver aio_cancel,io_cancel@@LIBAIO_0.4");
__asm__(".symver aio_getevents,io_getevents@@LIBAIO_0.4");
__asm__(".symver aio_queue_init,io_queue_init@@LIBAIO_0.1");
