"""What `make run` shows: a practice office and a practice laptop, both real, in one folder that can be thrown away.

`__main__` tells the story, `practice` says where everything lies, `process` runs the real commands.
"""
