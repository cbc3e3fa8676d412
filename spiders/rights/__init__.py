"""What sites say of the use of their pages, and what we do about it; nothing here asks the network or the disk.

`statement` is what was said, where and when; `files` reads what a host says of all its pages, `page` what one answer
says of itself, `paths` how a rule names pages. What is obeyed of it is the setting `RESPECT`: `respect`.
"""
