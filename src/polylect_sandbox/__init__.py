"""The sandbox: runs the Python that course authors wrote, outside of our processes and with next to no system calls.

`sandbox.Sandbox` is what others use; it is a `polylect.exercises.scripts.Runner`. It keeps a *zygote*: a fresh
interpreter that has imported what scripts may use, and forks a child for each run. The child locks itself in (`jail`,
`filters`), then runs the script (`script`), and is gone. So each run begins in the same clean state, and costs a fork.

On our side: `sandbox`, `process`, `places`, `limits`. On the other side of the pipe: `zygote`, `jail`, `filters`,
`script`, `names`, `python2_random` and `helpers`; these import nothing of Polylect, and nothing that is not in the
standard library.
This file stays empty of imports, for the zygote reads it too.
"""
