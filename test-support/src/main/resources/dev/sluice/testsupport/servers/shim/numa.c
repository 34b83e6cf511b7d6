/* Stand-in for libnuma.so.1: "this machine has no NUMA". */
void *numa_all_nodes_ptr = 0;

int numa_available(void) { return -1; }
void *numa_alloc_local(unsigned long size) { return 0; }
void *numa_alloc_onnode(unsigned long size, int node) { return 0; }
void numa_free(void *start, unsigned long size) { }
long mbind(void *start, unsigned long length, int mode, const unsigned long *mask, unsigned long max, unsigned flags) { return -1; }
long set_mempolicy(int mode, const unsigned long *mask, unsigned long max) { return -1; }
int node_of_cpu(int cpu) { return 0; }

__asm__(".symver node_of_cpu,numa_node_of_cpu@@libnuma_1.2");
