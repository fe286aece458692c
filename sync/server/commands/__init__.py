"""What can be run at the central office from a terminal; each file holds the commands of one matter.

`program` puts them together. Every text stands in resources/texts: `server.said.*`, `server.help.<command>`, and
`server.help.<command>.<parameter>`.
"""
