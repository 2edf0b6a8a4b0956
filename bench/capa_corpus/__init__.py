"""Our grading beside marks that Open edX's own engine gave, and how fast it is.

`corpus` reads the recorded problems, `names` puts their names of inputs and choices beside ours, `marks` compares what
a submission earns, `telling` all else that a learner is told, `scripted` runs authors' scripts, `speed` takes the
time.
"""
