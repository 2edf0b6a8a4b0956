"""Caption tracks: read and written without loss, grouped into sentences, put back into cues.

`track` holds the data; one file per format (`webvtt`, `srt`, `sjson`); `groups` finds the sentences over the cues;
`compose` and `take_cues` are the only ways between sentences and cues; `recue` makes the cuts, from what `evidence` and
`associations` know; `retime` gives sentences cues of their own, within `norms`.
"""
